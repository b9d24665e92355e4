package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the API's credentials; requires permission to read the stack's secret. */
@Command(
        name = "credentials",
        description = "Prints the API's credentials as USER:PASSWORD, read from the stack's secret.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  curl -u \"$(ingest-cli credentials)\" ..."})
public final class CredentialsCommand implements Runnable {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    public CredentialsCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        try (AwsClients clients = new AwsClients(context.target(targetOptions.request()))) {
            Credentials credentials = Credentials.read(clients, StackResources.of(clients));
            context.output().text(credentials.username() + ":" + credentials.password() + "\n");
        }
    }
}
