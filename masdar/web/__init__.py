"""The desk: a local web application over a store, to read, compare and correct what masdar has found.

`masdar.web.app.create_app` makes it; a page is a module of masdar/web/pages/ with its template and its words in
masdar/web/locale/.
"""
