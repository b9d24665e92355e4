/**
 * A training run of the short commands: what it loads goes into the archive of classes that the launcher starts them
 * with. The pipeline it runs on is a sample that answers from files.
 */
@NullMarked
package dev.ingestkit.cli.training;

import org.jspecify.annotations.NullMarked;
