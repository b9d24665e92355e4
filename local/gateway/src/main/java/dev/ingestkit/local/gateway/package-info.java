/**
 * API Gateway for REST APIs. {@link dev.ingestkit.local.gateway.Gateway} finds the API that a request names and runs
 * the request through limits, route, throttle, authorizer, validation, integration and response mapping, in the order
 * of AWS. Read-only definitions come from {@code definition}; back ends are reached through {@link
 * dev.ingestkit.local.gateway.IntegrationBackend} and function invokers. Small requests run on the calling thread up to
 * the first call of a back end, large ones on a worker.
 */
@NullMarked
package dev.ingestkit.local.gateway;

import org.jspecify.annotations.NullMarked;
