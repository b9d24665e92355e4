package dev.ingestkit.proof.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Takes pictures of each page of a console: {@code bench/run ConsolePictures URL DIRECTORY [PAGE ...]}. Each page is taken
 * light and dark, wide and narrow, as four files and as one sheet that holds the four. Without pages it takes those of
 * the navigation, and the event page of the newest event of each state. It fails if a page's
 * script has, or if a page reports a failure.
 */
public final class ConsolePictures {

    private static final String EVENTS = "return [...document.querySelectorAll('.rows .row')].map(row =>"
            + " [row.querySelector('.badge').innerText, row.querySelector('a').hash.slice(2)])";
    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final int HEIGHT = 800;
    private static final int MAX_HEIGHT = 1000;

    private final Browser browser;
    private final URI console;
    private final Path directory;

    /** A page's path in the console, and the name of its pictures. */
    private record Page(String path, String name) {

        static Page of(String path) {
            return new Page(path, path.replaceAll("[^A-Za-z0-9]+", "-"));
        }
    }

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
            List<Page> named = List.of(arguments).subList(2, arguments.length).stream()
                    .map(Page::of)
                    .toList();
            for (Page page : named.isEmpty() ? pictures.pages() : named) {
                pictures.take(page);
            }
        }
    }

    private List<Page> pages() {
        open("");
        List<Page> pages = new ArrayList<>();
        browser.script("return [...document.querySelectorAll('nav a')].map(link => link.hash.slice(2))")
                .forEach(path -> pages.add(Page.of(path.asText())));
        if (pages.contains(Page.of("events"))) {
            open("events");
            List<String> states = new ArrayList<>();
            for (JsonNode row : browser.script(EVENTS)) {
                String state = row.get(0).asText();
                if (!states.contains(state)) {
                    states.add(state);
                    pages.add(new Page(row.get(1).asText(), "event-" + state));
                }
            }
        }
        return pages;
    }

    private void take(Page page) throws IOException {
        List<List<BufferedImage>> rows = new ArrayList<>();
        for (boolean dark : new boolean[] {false, true}) {
            List<BufferedImage> row = new ArrayList<>();
            for (int width : new int[] {WIDE, NARROW}) {
                BufferedImage picture = picture(page, width, dark);
                String view = (width == WIDE ? "wide" : "narrow") + (dark ? "-dark" : "-light");
                PictureSheet.write(picture, directory.resolve(page.name() + "-" + view + ".png"));
                row.add(picture);
            }
            rows.add(row);
        }
        PictureSheet.write(PictureSheet.of(rows), directory.resolve(page.name() + ".png"));
        List<String> errors = new ArrayList<>(browser.errors());
        browser.script("return [...document.querySelectorAll('main [role=alert]')].map(alert => alert.innerText)")
                .forEach(alert -> errors.add(alert.asText()));
        if (!errors.isEmpty()) {
            throw new IllegalStateException("the page %s reported: %s".formatted(page.path(), errors));
        }
    }

    /** Takes the whole page, which scrolls in its own element, up to a height. */
    private BufferedImage picture(Page page, int width, boolean dark) throws IOException {
        browser.show(width, HEIGHT, dark);
        open(page.path());
        int hidden = browser.script("const main = document.querySelector('main');"
                        + " return main.scrollHeight - main.clientHeight")
                .asInt();
        if (hidden > 0) {
            browser.show(width, Math.min(MAX_HEIGHT, HEIGHT + hidden), dark);
            awaitFrames();
        }
        return ImageIO.read(new ByteArrayInputStream(browser.screenshot()));
    }

    /** Opens a page and waits until it has been read and drawn. */
    private void open(String path) {
        browser.go(URI.create("about:blank"));
        browser.go(console.resolve("#/" + path));
        browser.await("the page has a heading", "document.querySelector('main h1')");
        browser.await("the page is read", "!document.querySelector('main').hasAttribute('aria-busy')");
        awaitFrames();
    }

    private void awaitFrames() {
        browser.script("return new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }
}
