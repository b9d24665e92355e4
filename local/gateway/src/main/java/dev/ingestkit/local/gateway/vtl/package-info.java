/**
 * Mapping templates in Velocity, with the variables {@code $input} and {@code $util}: {@link
 * dev.ingestkit.local.gateway.vtl.MappingTemplates} parses at deployment, {@link
 * dev.ingestkit.local.gateway.vtl.MappingTemplate} renders. No other package knows Velocity. Parsed templates are
 * thread-safe.
 */
@NullMarked
package dev.ingestkit.local.gateway.vtl;

import org.jspecify.annotations.NullMarked;
