package dev.ingestkit.cli.deadletter;

/** A message that is no document about records of a stream: it holds all that a redrive needs. */
public sealed interface WholeMessage permits MovedMessage, FailedInvocation {}
