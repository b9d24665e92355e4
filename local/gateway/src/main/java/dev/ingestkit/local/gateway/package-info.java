/**
 * API Gateway for REST and HTTP APIs. {@link dev.ingestkit.local.gateway.Gateway} finds the API that a request names
 * and runs the request in the order of AWS: limits, route, throttle, authorizer, validation, integration and response
 * mapping for a REST API ({@code RequestPipeline}); limits, preflight, route, throttle, authorizer, integration and
 * changes of the answer for an HTTP API ({@code HttpPipeline}). Read-only definitions come from {@code definition} and
 * {@code httpapi}; back ends are reached through {@link dev.ingestkit.local.gateway.IntegrationBackend} and function
 * invokers. Small requests run on the calling thread up to the first call of a back end, large ones on a worker.
 */
@NullMarked
package dev.ingestkit.local.gateway;

import org.jspecify.annotations.NullMarked;
