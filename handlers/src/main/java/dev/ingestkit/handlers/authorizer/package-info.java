/**
 * Lambda authorizer of type REQUEST for HTTP Basic authentication (RFC 7617).
 *
 * <p>A client waits for this function's cold start, so it is made of few, small classes: no AWS SDK, no JSON library, no
 * logging library. What it needs of them (SigV4, one action of Secrets Manager, a JSON reader) is here.
 */
@NullMarked
package dev.ingestkit.handlers.authorizer;

import org.jspecify.annotations.NullMarked;
