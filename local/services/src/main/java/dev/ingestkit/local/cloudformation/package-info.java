/** CloudFormation and STS as far as a client asks them where things are and who it is. */
@NullMarked
package dev.ingestkit.local.cloudformation;

import org.jspecify.annotations.NullMarked;
