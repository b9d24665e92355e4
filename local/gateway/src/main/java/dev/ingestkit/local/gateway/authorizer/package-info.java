/**
 * The answers of Lambda authorizers: {@link dev.ingestkit.local.gateway.authorizer.AuthorizerDecision} checks one,
 * {@link dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy} applies its policy to a method, {@link
 * dev.ingestkit.local.gateway.authorizer.AuthorizerCache} keeps it for its time to live. Thread-safe.
 */
@NullMarked
package dev.ingestkit.local.gateway.authorizer;

import org.jspecify.annotations.NullMarked;
