/** The front door: one port, HTTP/1.1 and HTTP/2 with prior knowledge, loopback only. It knows HTTP and nothing of AWS. */
@NullMarked
package dev.ingestkit.local.http;

import org.jspecify.annotations.NullMarked;
