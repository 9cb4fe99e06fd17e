package io.genapi.benchmarks.webhooks;

import io.genapi.chaos.report.Quantiles;

/**
 * What one run found.
 *
 * @param delivered events that endpoints which are well were told of
 * @param attempts that came to the others
 * @param untilTold how long after it happened each of the delivered was there
 */
record WebhooksFigures(String title, int delivered, int attempts, Quantiles untilTold) {}
