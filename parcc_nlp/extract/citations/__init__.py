"""Citations of legal and Party documents and of standards in Vietnamese text.

The grammar follows Nghị định 30/2020/NĐ-CP (Phụ lục I, số và ký hiệu; cách viện dẫn) and the practice of Party and
older documents; its words stand as data in ``parcc_nlp/extract/grammar``. All of it works on plain text in time linear
in the text.
"""

from parcc_nlp.extract.citations.find import find_citations

__all__ = ["find_citations"]
