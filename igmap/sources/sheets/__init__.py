"""XLSX, XLS and ODS workbooks."""
