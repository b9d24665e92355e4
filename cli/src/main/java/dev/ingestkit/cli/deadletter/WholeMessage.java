package dev.ingestkit.cli.deadletter;

/** A message that is itself the content to redrive, and holds all that a redrive needs. */
public sealed interface WholeMessage permits MovedMessage, FailedInvocation {}
