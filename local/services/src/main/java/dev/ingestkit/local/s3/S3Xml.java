package dev.ingestkit.local.s3;

import dev.ingestkit.local.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes S3's XML. Used once, by one thread. */
final class S3Xml {

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final XMLStreamWriter xml;

    private S3Xml() throws XMLStreamException {
        this.xml = XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
    }

    /** Returns a response whose body is one element with the written content. */
    static HttpResponse response(int status, String root, Consumer<S3Xml> content) {
        return document(status, root, NAMESPACE, content);
    }

    /** Returns an error, whose element is in no namespace. */
    static HttpResponse error(int status, Consumer<S3Xml> content) {
        return document(status, "Error", "", content);
    }

    private static HttpResponse document(int status, String root, String namespace, Consumer<S3Xml> content) {
        try {
            S3Xml writer = new S3Xml();
            writer.xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            writer.xml.writeStartElement(root);
            if (!namespace.isEmpty()) {
                writer.xml.writeDefaultNamespace(namespace);
            }
            content.accept(writer);
            writer.xml.writeEndElement();
            writer.xml.writeEndDocument();
            writer.xml.close();
            return HttpResponse.of(status, "application/xml", writer.bytes.toByteArray());
        } catch (XMLStreamException impossible) {
            throw unwritable(impossible);
        }
    }

    S3Xml text(String name, String value) {
        return element(name, content -> content.characters(value));
    }

    /** Writes text. XML 1.0 cannot represent control characters; a client with such keys requests their encoding. */
    void characters(String text) {
        try {
            xml.writeCharacters(text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "\ufffd"));
        } catch (XMLStreamException impossible) {
            throw unwritable(impossible);
        }
    }

    S3Xml element(String name, Consumer<S3Xml> content) {
        try {
            xml.writeStartElement(name);
            content.accept(this);
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException impossible) {
            throw unwritable(impossible);
        }
    }

    private static IllegalStateException unwritable(XMLStreamException failure) {
        return new IllegalStateException("a response cannot be written to memory", failure);
    }
}
