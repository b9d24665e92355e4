/**
 * Filter criteria of event source mappings: event patterns as EventBridge reads them, matched against Kinesis records.
 */
@NullMarked
package dev.ingestkit.local.mapping.filter;

import org.jspecify.annotations.NullMarked;
