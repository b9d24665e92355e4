/** The demonstration: sample events, their trace through a pipeline, and the count at the end. */
@NullMarked
package dev.ingestkit.cli.demo;

import org.jspecify.annotations.NullMarked;
