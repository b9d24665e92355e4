/** Strict JSON by streaming, without the limits that would refuse a valid event. */
@NullMarked
package dev.ingestkit.core.json;

import org.jspecify.annotations.NullMarked;
