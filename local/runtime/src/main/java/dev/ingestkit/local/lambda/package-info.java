/**
 * Lambda's REST API ({@link dev.ingestkit.local.lambda.LambdaApi}) over the functions and event source mappings of a
 * runtime, which {@link dev.ingestkit.local.lambda.Mappings} keeps. Internal. Thread-safe; requests run on the port's
 * threads and never wait for a function.
 */
@NullMarked
package dev.ingestkit.local.lambda;

import org.jspecify.annotations.NullMarked;
