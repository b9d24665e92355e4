/**
 * JSON Web Tokens: {@link dev.ingestkit.local.gateway.jwt.JwtVerifier} checks a token as API Gateway's JWT authorizers
 * do, with the keys of a {@link dev.ingestkit.local.gateway.jwt.KeySource}. Thread-safe.
 */
@NullMarked
package dev.ingestkit.local.gateway.jwt;

import org.jspecify.annotations.NullMarked;
