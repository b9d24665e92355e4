@NullMarked
package dev.ingestkit.cli.plan;

import org.jspecify.annotations.NullMarked;
