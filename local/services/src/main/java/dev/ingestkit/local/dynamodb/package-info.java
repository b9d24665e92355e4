/** DynamoDB: AWS's own DynamoDB Local behind the common port, in a class loader of its own. */
@NullMarked
package dev.ingestkit.local.dynamodb;

import org.jspecify.annotations.NullMarked;
