/**
 * Tests of event pipelines: a SAM template and its functions run in the test's own JVM, on the test's classes, on a clock
 * that the test moves. Start with {@link dev.ingestkit.testkit.IngestTest}; without JUnit, with {@link
 * dev.ingestkit.testkit.IngestPipeline#start}.
 */
@NullMarked
package dev.ingestkit.testkit;

import org.jspecify.annotations.NullMarked;
