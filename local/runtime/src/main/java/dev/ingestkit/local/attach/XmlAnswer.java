package dev.ingestkit.local.attach;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads an answer of the query protocol. Not thread-safe. */
final class XmlAnswer {

    private final Element element;

    private XmlAnswer(Element element) {
        this.element = element;
    }

    /**
     * Reads an answer.
     *
     * @throws IOException for text that is not XML, or has a document type, which no AWS answer has
     */
    static XmlAnswer parse(byte[] body) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return new XmlAnswer(factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(body))
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException malformed) {
            throw new IOException("the answer is not XML that AWS would send", malformed);
        }
    }

    static AwsErrorException error(String call, int status, byte[] body) {
        try {
            XmlAnswer answer = parse(body);
            // In S3's answers the document itself is the error.
            XmlAnswer error = answer.child("Error").orElse(answer);
            return new AwsErrorException(call, error.text("Code"), status, error.text("Message"));
        } catch (IOException malformed) {
            return new AwsErrorException(call, "MalformedAnswer", status, "the answer is not XML");
        }
    }

    /** Returns the first child with a name. */
    Optional<XmlAnswer> child(String name) {
        return children(name).stream().findFirst();
    }

    /** Returns the text of the first child with a name, empty without one. */
    String text(String name) {
        return child(name).map(child -> child.element.getTextContent().trim()).orElse("");
    }

    /** Returns the members of a list. */
    List<XmlAnswer> members(String list) {
        return child(list).map(found -> found.children("member")).orElse(List.of());
    }

    private List<XmlAnswer> children(String name) {
        List<XmlAnswer> found = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                found.add(new XmlAnswer(child));
            }
        }
        return found;
    }
}
