/** Drives a real browser, for tests and figures of the console. */
@NullMarked
package dev.ingestkit.proof.browser;

import org.jspecify.annotations.NullMarked;
