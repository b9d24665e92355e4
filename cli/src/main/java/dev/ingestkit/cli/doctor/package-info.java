/** Checks of the machine and the target, each with a finding and a remedy. */
@NullMarked
package dev.ingestkit.cli.doctor;

import org.jspecify.annotations.NullMarked;
