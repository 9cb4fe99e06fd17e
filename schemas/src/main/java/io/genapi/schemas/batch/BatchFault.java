package io.genapi.schemas.batch;

import java.util.Optional;

/**
 * Why a batch's file cannot be used.
 *
 * @param code for programs, in OpenAI's words where it has some
 * @param line of the file, from 1
 * @param param the field that is at fault
 */
public record BatchFault(String code, String message, Optional<String> param, Optional<Integer> line) {}
