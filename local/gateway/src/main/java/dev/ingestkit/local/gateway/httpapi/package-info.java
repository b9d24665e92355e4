/**
 * The definition of an HTTP API, parsed once: {@link dev.ingestkit.local.gateway.httpapi.HttpApiDefinition} with routes,
 * integrations, authorizers and the CORS policy. Immutable after parsing.
 */
@NullMarked
package dev.ingestkit.local.gateway.httpapi;

import org.jspecify.annotations.NullMarked;
