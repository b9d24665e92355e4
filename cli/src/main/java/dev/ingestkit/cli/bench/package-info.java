/** The load test: open loop, timed from each event's intended moment, with its result as record and page. */
@NullMarked
package dev.ingestkit.cli.bench;

import org.jspecify.annotations.NullMarked;
