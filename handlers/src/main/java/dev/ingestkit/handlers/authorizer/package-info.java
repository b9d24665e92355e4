/**
 * Lambda authorizer of type REQUEST for HTTP Basic authentication (RFC 7617).
 *
 * <p>A client waits for this function's cold start, so it consists of few, small classes: no AWS SDK, no JSON library,
 * no logging library. The parts that it needs (SigV4, one action of Secrets Manager, a JSON reader) are written out
 * here.
 */
@NullMarked
package dev.ingestkit.handlers.authorizer;

import org.jspecify.annotations.NullMarked;
