/**
 * Code on disk: directories with the functions' unpacked code, the jars that their JVMs need besides, and the detection of
 * finished builds.
 */
@NullMarked
package dev.ingestkit.local.functions.code;

import org.jspecify.annotations.NullMarked;
