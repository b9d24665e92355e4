/**
 * The HTTP port of the embedded runtime: one port for HTTP/1.1 and HTTP/2 with prior knowledge, on loopback unless
 * configured otherwise. The module implements HTTP only and depends on no AWS protocol.
 *
 * <p>{@link dev.ingestkit.local.http.HttpServer} listens by an {@link dev.ingestkit.local.http.HttpServerConfig} and
 * passes each complete {@link dev.ingestkit.local.http.HttpRequest} to one {@link
 * dev.ingestkit.local.http.HttpHandler}. {@link dev.ingestkit.local.http.OriginRule} keeps web pages of other sites
 * away from handlers that change state.
 *
 * <p>Threads: up to four daemon event loops named {@code http-…}. A connection belongs to one of them; handlers run
 * there and must not block.
 */
@NullMarked
package dev.ingestkit.local.http;

import org.jspecify.annotations.NullMarked;
