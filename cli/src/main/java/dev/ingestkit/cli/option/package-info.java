/** Options that several commands share, and the converters of their values. */
@NullMarked
package dev.ingestkit.cli.option;

import org.jspecify.annotations.NullMarked;
