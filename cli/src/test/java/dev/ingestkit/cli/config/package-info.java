@NullMarked
package dev.ingestkit.cli.config;

import org.jspecify.annotations.NullMarked;
