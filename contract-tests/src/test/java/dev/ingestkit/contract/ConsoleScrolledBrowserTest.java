package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reads the console's list of events far below its top, in a real browser. */
final class ConsoleScrolledBrowserTest {

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @Test
    void aReaderWhoComesBackFromAnEventFindsTheListWhereItWas() {
        console.open("events");
        String inView = console.scrollInto("back-");
        console.browser().click(inView);
        console.browser().awaitText("Timeline");
        console.put("back-later", "{}");
        console.browser().script("history.back()");

        console.browser().awaitText("451 found of");
        console.browser()
                .await(
                        "the event is in view",
                        "(box => [...box.querySelectorAll('a')].some(link => link.innerText === arguments[0]"
                                + " && link.getBoundingClientRect().top > box.getBoundingClientRect().top"
                                + " && link.getBoundingClientRect().bottom < box.getBoundingClientRect().bottom))"
                                + "(document.getElementById('events'))",
                        inView);
    }

    @Test
    void theNumberIsRightForAReaderWhoHasScrolledWhenManyEventsArrive() {
        console.open("events");
        String inView = console.scrollInto("crowd-");
        String place = "return [...document.querySelectorAll('#events a')]"
                + ".find(link => link.innerText === arguments[0])?.getBoundingClientRect().top ?? -1";
        int before = console.browser().script(place, inView).asInt();
        for (String part : List.of("x", "y", "z")) {
            console.putAll(IntStream.range(0, 450)
                    .mapToObj(number -> "crowd-" + part + number)
                    .toList());
        }

        console.browser().awaitText("1,800 found of");
        assertThat(console.browser().script(place, inView).asInt()).isCloseTo(before, within(1));
        console.browser().script("document.getElementById('events').scrollTop = 0");
        console.browser().awaitText("crowd-z");
        console.browser().awaitText("1,800 found of");
    }
}
