/**
 * A training run of the short commands: the classes that it loads go into the class data archive with which the
 * launcher starts them. Its pipeline is a sample that answers from files.
 */
@NullMarked
package dev.ingestkit.cli.training;

import org.jspecify.annotations.NullMarked;
