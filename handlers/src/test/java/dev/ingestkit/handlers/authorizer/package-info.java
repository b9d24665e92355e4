@NullMarked
package dev.ingestkit.handlers.authorizer;

import org.jspecify.annotations.NullMarked;
