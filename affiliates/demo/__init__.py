"""The sample ledger of `make demo`: clicks, views, sales and checks that nobody made.

Only the demo command comes here. The numbers are drawn from a fixed seed and go the way of real ones: clicks through
the counting of clicks, sales through files in the shape of networks' reports and their import.
"""
