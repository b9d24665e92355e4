/**
 * APIs of API Gateway: {@link dev.ingestkit.local.template.api.ApiReader} reads each with its stage into a
 * specification whose body is an OpenAPI document with API Gateway's extensions, whatever form the template gives it.
 * Used by the thread that resolves the template.
 */
@NullMarked
package dev.ingestkit.local.template.api;

import org.jspecify.annotations.NullMarked;
