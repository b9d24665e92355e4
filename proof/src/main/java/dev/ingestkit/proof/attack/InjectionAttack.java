package dev.ingestkit.proof.attack;

import static dev.ingestkit.proof.attack.Bytes.ascii;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sends text in the mapping templates' language in path, query, headers and body: it is data and must never be
 * evaluated.
 */
final class InjectionAttack implements Attack {

    /** The product is not part of the input: only an evaluation can put it into the answer. */
    private static final String EVALUATED = "1336913369";

    private static final List<String> TEXTS = List.of(
            "#set($x=13369*100001)$x",
            "${13369*100001}",
            "#evaluate('#set($x=13369*100001)$x')",
            "$util.urlDecode('%31')",
            "$input.json('$')",
            "#include('/etc/passwd')",
            "#parse('/etc/passwd')",
            "$input.class.forName('java.lang.Runtime')",
            "#foreach($i in [1..1000000000])x#end",
            "\",\"StreamName\":\"other",
            "'\"\\",
            "\\u0022",
            "$!{context.identity}",
            "#[[",
            "]]#",
            "#*",
            "$",
            "#",
            "..%2f..%2f",
            "%00",
            "a\u00e9\u00ff");

    @Override
    public void run(Door door, SplittableRandom random) throws IOException, Finding {
        String text = Bytes.pick(random, TEXTS);
        String escaped = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        String id = random.nextBoolean() ? escaped : "plain";
        String query = random.nextBoolean() ? "?q=" + escaped + "&" + escaped : "";
        String type = random.nextInt(4) == 0 ? text.replaceAll("[^ -~]", "?") : "application/json";
        byte[] body = random.nextBoolean()
                ? ascii("{\"text\":\"%s\"}".formatted(text.replace("\\", "\\\\").replace("\"", "\\\"")))
                : Bytes.spoil(random, ascii("{\"text\":\"" + text + "\"}"));
        byte[] request = Bytes.join(
                ascii(
                        "POST %s%s%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nX-Text: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                                .formatted(
                                        door.submitPath(),
                                        id,
                                        query,
                                        door.authorization(),
                                        text.replaceAll("[^ -~]", "?"),
                                        type,
                                        body.length)),
                body);
        Door.Answer answer = door.exchange(request);
        Answers.check(this, request, answer);
        if (answer.text().contains(EVALUATED) || answer.text().contains("root:")) {
            throw new Finding("the template language was evaluated: " + Answers.shown(answer.text()));
        }
    }
}
