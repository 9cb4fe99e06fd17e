package io.genapi.cli.run;

/**
 * One job of a batch file.
 *
 * @param number of its line, from 1
 * @param customId the caller's name for it, unique in the file
 * @param body the chat completion request, as the bytes that stand in the file
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record BatchLine(int number, String customId, byte[] body) {}
