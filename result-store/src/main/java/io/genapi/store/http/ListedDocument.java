package io.genapi.store.http;

import io.genapi.schemas.job.JobId;
import io.genapi.store.query.JobPage;

/** A job in a list, as the document that is sent. */
@SuppressWarnings("ArrayRecordComponent") // A document is handed on, never copied or compared.
record ListedDocument(JobId id, byte[] document) implements JobPage.Listed {}
