package io.genapi.schemas.kafka;

/** The {@code ce_type} values: a name and a major version. */
public final class EventTypes {

    public static final String JOB_REQUESTED = "genapi.job.requested.v1";
    public static final String JOB_COMPLETED = "genapi.job.completed.v1";
    public static final String JOB_DELTA = "genapi.job.delta.v1";
    public static final String JOB_EVENT = "genapi.job.event.v1";
    public static final String BATCH = "genapi.batch.news.v1";
    public static final String FILE = "genapi.batch.file.v1";
    public static final String ATTACHMENT = "genapi.control.attachment.v1";
    public static final String CANCELLATION = "genapi.control.cancellation.v1";
    public static final String DEAD_LETTER_REDRIVEN = "genapi.dead-letter.redriven.v1";
    public static final String HEARTBEAT = "genapi.control.heartbeat.v1";
    public static final String CATALOG_NOTICE = "genapi.control.catalog-notice.v1";
    public static final String SIGHTING = "genapi.control.sighting.v1";
    public static final String WEBHOOK_ENDPOINT = "genapi.webhook.endpoint.v1";
    public static final String WEBHOOK_STANDING = "genapi.webhook.standing.v1";
    public static final String WEBHOOK_EVENT = "genapi.webhook.event.v1";
    public static final String WEBHOOK_REDELIVERY = "genapi.webhook.redelivery.v1";
    public static final String WEBHOOK_DELIVERY = "genapi.webhook.delivery.v1";
    public static final String WEBHOOK_ATTEMPT = "genapi.webhook.attempt.v1";

    private EventTypes() {}
}
