/** Tests of the comparison of two endpoints. */
@NullMarked
package dev.ingestkit.cli.compare;

import org.jspecify.annotations.NullMarked;
