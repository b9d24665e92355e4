/** Looks at the machine and the target, and says what is wrong and how to put it right. */
@NullMarked
package dev.ingestkit.cli.doctor;

import org.jspecify.annotations.NullMarked;
