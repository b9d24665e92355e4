/** API Gateway (REST API): route, identity source, authorizer, policy, validation, mapping templates, integration, response mapping. */
@NullMarked
package dev.ingestkit.local.gateway;

import org.jspecify.annotations.NullMarked;
