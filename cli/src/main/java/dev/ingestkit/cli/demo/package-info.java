/** The demonstration: sample events, their way through a runtime of their own, and the count at the end. */
@NullMarked
package dev.ingestkit.cli.demo;

import org.jspecify.annotations.NullMarked;
