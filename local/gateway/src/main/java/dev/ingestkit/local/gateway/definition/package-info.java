/**
 * The definition of an API, parsed once: {@link dev.ingestkit.local.gateway.definition.ApiDefinition} with routes,
 * methods, integrations, authorizers, models and gateway responses. Problems are found at deployment and name their
 * position. Immutable after parsing, so that requests on any thread read it without locks.
 */
@NullMarked
package dev.ingestkit.local.gateway.definition;

import org.jspecify.annotations.NullMarked;
