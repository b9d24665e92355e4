/** The console: the pages that show a running stack in a browser, and the part of the control API that they read. */
@NullMarked
package dev.ingestkit.local.console;

import org.jspecify.annotations.NullMarked;
