/**
 * References to the values of a request: mapping expressions ({@link
 * dev.ingestkit.local.gateway.expression.ParameterSource}), JSONPath, and the templates of gateway responses. All are
 * compiled at deployment, immutable and thread-safe; {@link dev.ingestkit.local.gateway.expression.RequestValues} is
 * the request that they read.
 */
@NullMarked
package dev.ingestkit.local.gateway.expression;

import org.jspecify.annotations.NullMarked;
