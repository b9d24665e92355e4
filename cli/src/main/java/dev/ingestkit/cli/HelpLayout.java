package dev.ingestkit.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_HEADER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import dev.ingestkit.cli.output.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The order of a help page: purpose, synopsis, examples, then the reference of options and exit codes. */
final class HelpLayout {

    private static final List<String> SECTIONS = List.of(
            SECTION_KEY_HEADER,
            SECTION_KEY_DESCRIPTION_HEADING,
            SECTION_KEY_DESCRIPTION,
            SECTION_KEY_SYNOPSIS_HEADING,
            SECTION_KEY_SYNOPSIS,
            SECTION_KEY_FOOTER_HEADING,
            SECTION_KEY_FOOTER,
            SECTION_KEY_COMMAND_LIST_HEADING,
            SECTION_KEY_COMMAND_LIST,
            SECTION_KEY_PARAMETER_LIST_HEADING,
            SECTION_KEY_PARAMETER_LIST,
            SECTION_KEY_OPTION_LIST_HEADING,
            SECTION_KEY_OPTION_LIST,
            SECTION_KEY_EXIT_CODE_LIST_HEADING,
            SECTION_KEY_EXIT_CODE_LIST);

    private HelpLayout() {}

    static void apply(CommandLine command) {
        command.setHelpSectionKeys(SECTIONS);
        head(command);
    }

    private static void head(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .synopsisHeading("%n")
                .abbreviateSynopsis(true)
                .commandListHeading("%nCommands:%n")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes(command));
        describe(command, "--help", "Shows this help.");
        describe(command, "--version", "Shows the version.");
        command.getSubcommands().values().forEach(HelpLayout::head);
    }

    /** Gives an option of picocli's own the description of this tool's style. */
    private static void describe(CommandLine command, String name, String description) {
        CommandSpec spec = command.getCommandSpec();
        OptionSpec option = spec.findOption(name);
        if (option != null) {
            spec.remove(option);
            spec.addOption(OptionSpec.builder(option).description(description).build());
        }
    }

    /** Returns the command's own exit codes and the ones that all commands share. */
    private static Map<String, String> exitCodes(CommandLine command) {
        Map<String, String> own = command.getCommandSpec().usageMessage().exitCodeList();
        Map<Integer, String> all = new TreeMap<>();
        own.forEach((code, meaning) -> all.put(Integer.valueOf(code.strip()), meaning));
        add(all, ExitCode.DONE);
        add(all, ExitCode.USAGE);
        if (command.getCommandSpec().findOption("--endpoint-url") != null) {
            add(all, ExitCode.FAILED);
            add(all, ExitCode.ENVIRONMENT);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        all.forEach((code, meaning) -> texts.put(String.valueOf(code), meaning));
        return texts;
    }

    private static void add(Map<Integer, String> all, ExitCode code) {
        all.putIfAbsent(code.status(), code.meaning());
    }
}
