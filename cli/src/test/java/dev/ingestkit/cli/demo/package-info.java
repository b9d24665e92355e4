@NullMarked
package dev.ingestkit.cli.demo;

import org.jspecify.annotations.NullMarked;
