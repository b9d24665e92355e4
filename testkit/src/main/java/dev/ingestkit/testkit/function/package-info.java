/**
 * Functions in the test's own JVM: a class loader for each that gives it environment variables, standard output and an
 * exit of its own. Not part of the testkit's interface.
 */
@NullMarked
package dev.ingestkit.testkit.function;

import org.jspecify.annotations.NullMarked;
