package dev.ingestkit.proof.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes pictures of each page of a console, light and dark, wide and narrow: {@code bench/run ConsolePictures URL
 * DIRECTORY [PAGE ...]}. Without pages it takes those of the navigation, and the event page of the newest event of each
 * state.
 */
public final class ConsolePictures {

    private static final String EVENTS = "return [...document.querySelectorAll('.rows .row')].map(row =>"
            + " [row.querySelector('.badge').innerText, row.querySelector('a').hash.slice(2)])";
    private static final int WIDE = 1440;
    private static final int NARROW = 390;

    private final Browser browser;
    private final URI console;
    private final Path directory;

    private ConsolePictures(Browser browser, URI console, Path directory) {
        this.browser = browser;
        this.console = console;
        this.directory = directory;
    }

    /** Runs the program. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || Browser.driver().isEmpty()) {
            throw new IllegalArgumentException(
                    "needs the console's URL, a directory, and chromedriver's path in " + Browser.DRIVER);
        }
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        try (Browser browser = Browser.start()) {
            ConsolePictures pictures = new ConsolePictures(browser, URI.create(arguments[0]), directory);
            List<String> named = List.of(arguments).subList(2, arguments.length);
            pictures.take(named.isEmpty() ? pictures.pages() : named);
        }
    }

    private List<String> pages() {
        open("");
        List<String> pages = new ArrayList<>();
        browser.script("return [...document.querySelectorAll('nav a')].map(link => link.hash.slice(2))")
                .forEach(page -> pages.add(page.asText()));
        if (pages.contains("events")) {
            open("events");
            List<String> states = new ArrayList<>();
            for (JsonNode row : browser.script(EVENTS)) {
                if (!states.contains(row.get(0).asText())) {
                    states.add(row.get(0).asText());
                    pages.add(row.get(1).asText());
                }
            }
        }
        return pages;
    }

    private void take(List<String> pages) throws IOException {
        for (String page : pages) {
            for (int width : new int[] {WIDE, NARROW}) {
                for (boolean dark : new boolean[] {false, true}) {
                    browser.show(width, 900, dark);
                    open(page);
                    String name = "%s-%s-%s.png"
                            .formatted(
                                    page.replaceAll("[^A-Za-z0-9]+", "-"),
                                    width == WIDE ? "wide" : "narrow",
                                    dark ? "dark" : "light");
                    Files.write(directory.resolve(name), browser.screenshot());
                }
            }
        }
    }

    /** Opens a page and waits until it has been read and drawn. */
    private void open(String page) {
        browser.go(URI.create("about:blank"));
        browser.go(console.resolve("#/" + page));
        browser.await("the page has a heading", "document.querySelector('main h1')");
        browser.await("the page is read", "!document.querySelector('main').innerText.startsWith('Loading')");
        browser.script("return new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }
}
